package io.lonja.portal.api;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.springframework.boot.web.servlet.error.ErrorController;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What is said outside the API, where nothing else answers: the same kind of problem, and never more than its status. */
@RestController
class ErrorPage implements ErrorController {

    @RequestMapping("/error")
    ResponseEntity<Problem> error(HttpServletRequest request) {
        Object code = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
        int status = code instanceof Integer known ? known : 404;
        Problem problem = switch (status) {
            case 400 -> Problem.of(400, "bad-request", "The request cannot be understood.", List.of());
            case 404 -> Problem.of(404, "not-found", "There is nothing under this path.", List.of());
            default ->
                status < 500
                        ? Problem.of(status, "http-" + status, "The request was refused.", List.of())
                        : Problem.of(status, "internal", "The hub failed to do this; see its log.", List.of());
        };
        return ResponseEntity.status(status)
                .contentType(MediaType.parseMediaType(Problem.MEDIA_TYPE))
                .body(problem);
    }
}
